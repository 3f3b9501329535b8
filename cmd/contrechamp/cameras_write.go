package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// cameraWriter writes cameras in one of the formats. Each carries the attribution of OpenStreetMap: JSON lines and CSV with every
// camera, GeoJSON once.
type cameraWriter struct {
	w      io.Writer
	format string
	json   *json.Encoder
	csv    *csv.Writer
	n      int
}

func newCameraWriter(w io.Writer, format string) *cameraWriter {
	c := &cameraWriter{w: w, format: format, json: json.NewEncoder(w), csv: csv.NewWriter(w)}
	c.json.SetEscapeHTML(false)
	return c
}

// csvColumns are the columns of CSV; the raw tags stand as one JSON object in the last but one.
var csvColumns = []string{"id", "lat", "lon", "kind", "form", "mount", "setting", "zone", "views", "height_m", "tilt_deg",
	"angle_deg", "operator", "operator_id", "maker", "maker_id", "version", "timestamp", "first_seen", "last_confirmed", "removed", "place",
	"assumed", "flags", "kept", "tags", "attribution"}

func (c *cameraWriter) begin() error {
	switch c.format {
	case "csv":
		return c.csv.Write(csvColumns)
	case "geojson":
		head, err := json.Marshal(map[string]string{
			"attribution": contrechamp.OSMAttribution, "license": contrechamp.OSMLicence, "license_url": contrechamp.OSMLicenceURL,
			"note": contrechamp.MappedIsNotPresent,
		})
		if err != nil {
			return err
		}
		// Foreign members are allowed beside "type" and "features" (RFC 7946, 6.1).
		_, err = io.WriteString(c.w, `{"type":"FeatureCollection",`+string(head[1:len(head)-1])+`,"features":[`+"\n")
		return err
	}
	return nil
}

func (c *cameraWriter) camera(r contrechamp.CameraRecord) error {
	c.n++
	switch c.format {
	case "csv":
		return c.row(r)
	case "geojson":
		if c.n > 1 {
			if _, err := io.WriteString(c.w, ","); err != nil {
				return err
			}
		}
		return c.feature(r)
	}
	return c.json.Encode(r)
}

func (c *cameraWriter) end() error {
	switch c.format {
	case "csv":
		c.csv.Flush()
		return c.csv.Error()
	case "geojson":
		_, err := io.WriteString(c.w, "]}\n")
		return err
	}
	return nil
}

// feature writes a GeoJSON Feature (RFC 7946, 3.2): longitude before latitude.
func (c *cameraWriter) feature(r contrechamp.CameraRecord) error {
	type point struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"`
	}
	r.Attribution = "" // stands once, at the top
	type properties struct {
		contrechamp.CameraRecord
		ID          string   `json:"id,omitempty"`
		Lat         *float64 `json:"lat,omitempty"`
		Lon         *float64 `json:"lon,omitempty"`
		Attribution string   `json:"attribution,omitempty"`
	}
	var where *point
	if r.Lat != nil && r.Lon != nil {
		where = &point{"Point", [2]float64{*r.Lon, *r.Lat}}
	}
	return c.json.Encode(struct {
		Type       string     `json:"type"`
		ID         string     `json:"id"`
		Geometry   *point     `json:"geometry"` // null: unlocated (RFC 7946, 3.2)
		Properties properties `json:"properties"`
	}{"Feature", r.ID, where, properties{CameraRecord: r}})
}

func (c *cameraWriter) row(r contrechamp.CameraRecord) error {
	tags, err := json.Marshal(r.Tags)
	if err != nil {
		return err
	}
	num := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	name := func(n *contrechamp.NameRecord) (string, string) {
		if n == nil {
			return "", ""
		}
		return n.Name, n.ID
	}
	date := func(d *contrechamp.Date) string {
		if d == nil {
			return ""
		}
		return d.String()
	}
	var views []string
	for _, v := range r.Views {
		views = append(views, v.String())
	}
	tilt, version, timestamp := "", "", ""
	if r.Tilt != nil {
		tilt = strconv.FormatFloat(*r.Tilt, 'f', -1, 64)
	}
	if r.Version != 0 {
		version = strconv.Itoa(r.Version)
	}
	if r.Timestamp != nil {
		timestamp = r.Timestamp.Format(time.RFC3339)
	}
	operator, operatorID := name(r.Operator)
	maker, makerID := name(r.Maker)
	coordinate := func(f *float64) string {
		if f == nil {
			return ""
		}
		return strconv.FormatFloat(*f, 'f', -1, 64)
	}
	row := []string{r.ID, coordinate(r.Lat), coordinate(r.Lon), string(r.Kind), r.Form, r.Mount, string(r.Setting), r.Zone,
		strings.Join(views, ";"), num(r.Height), tilt, num(r.Angle), operator, operatorID, maker, makerID, version, timestamp,
		date(r.FirstSeen), date(r.LastConfirmed), date(r.Removed), string(r.Place), strings.Join(r.Assumed, "; "), strings.Join(r.Flags, "; "),
		strings.Join(r.Kept, ";"), string(tags), r.Attribution}
	for i := range row {
		row[i] = plainCell(row[i])
	}
	return c.csv.Write(row)
}

// plainCell keeps a spreadsheet from taking text of strangers for a formula.
func plainCell(s string) string {
	if s != "" && slices.Contains([]byte("=+@\t\r"), s[0]) {
		return "'" + s
	}
	return s
}
