package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/paulmach/orb"

	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/tile"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
)

// What is asked of a served map: so many tiles a second, for so long, of so many cameras.
const (
	mapCameras = 1_000_000
	mapRate    = 200
	mapSeconds = 20
)

// serveMap lets the program serve a map of a million made-up cameras and asks it for tiles at a steady rate, over
// loopback. Times are counted from when a request was due, so that a stall is not hidden by waiting for it.
func serveMap(binary string) error {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	archive := filepath.Join(tmp, "million.pmtiles")
	points := madeUpCameras(mapCameras)
	if err := writeMap(archive, points); err != nil {
		return err
	}
	info, err := os.Stat(archive)
	if err != nil {
		return err
	}
	figure("map, archive of 1,000,000 cameras", float64(info.Size())/1e6, "MB", "")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return err
	}
	serve := exec.Command(binary, "--data", filepath.Join(tmp, "data"), "serve", "--addr", addr, "--map", archive)
	serve.Env = append(os.Environ(), "GOMAXPROCS=2")
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() { _ = serve.Process.Kill(); _ = serve.Wait() }() // measured already; a child that is gone is fine
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}, Timeout: 10 * time.Second}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if _, err = tileTime(client, addr, pmtiles.Tile{}, time.Now()); err == nil {
			break
		}
		if time.Since(began) > 20*time.Second {
			return fmt.Errorf("no answer after 20 s: %w", err)
		}
	}
	times, peak, err := askForTiles(client, addr, points, serve.Process.Pid)
	if err != nil {
		return err
	}
	slices.Sort(times)
	at := func(share float64) float64 {
		return float64(times[int(math.Min(float64(len(times)-1), share*float64(len(times))))].Microseconds()) / 1000
	}
	figure("map, tiles at 200/s, median", at(0.5), "ms", "")
	figure("map, tiles at 200/s, p99", at(0.99), "ms", "limit 50")
	figure("map, memory while serving", peak, "MiB", "limit 512")
	return nil
}

// askForTiles asks for tiles in which cameras are, on every level, and watches the server's memory.
func askForTiles(client *http.Client, addr string, points []tile.Point, pid int) (times []time.Duration, peak float64, err error) {
	r := rand.New(rand.NewPCG(5, 6))
	var mu sync.Mutex
	var group sync.WaitGroup
	begin := time.Now()
	for i := range mapRate * mapSeconds {
		due := begin.Add(time.Duration(i) * time.Second / mapRate)
		z := uint8(r.IntN(atlas.LastZoom + 1))
		x, y := tile.At(points[r.IntN(len(points))].At, z)
		time.Sleep(time.Until(due))
		group.Go(func() {
			took, failed := tileTime(client, addr, pmtiles.Tile{Z: z, X: x, Y: y}, due)
			mu.Lock()
			defer mu.Unlock()
			if failed != nil {
				err = failed
				return
			}
			times = append(times, took)
		})
		if i%mapRate == 0 {
			rss, failed := residentMiB(pid)
			if failed != nil {
				return nil, 0, failed
			}
			peak = math.Max(peak, rss)
		}
	}
	group.Wait()
	return times, peak, err
}

func tileTime(client *http.Client, addr string, t pmtiles.Tile, due time.Time) (time.Duration, error) {
	request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("http://%s/map/%s.mvt", addr, t), nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK || n == 0 {
		return 0, fmt.Errorf("tile %s: %s with %d bytes", t, answer.Status, n)
	}
	return time.Since(due), nil
}

// madeUpCameras scatters cameras over four thousand towns of Europe, more of them in some than in others.
func madeUpCameras(n int) []tile.Point {
	r := rand.New(rand.NewPCG(1, 2))
	type town struct {
		at   orb.Point
		wide float64
	}
	towns := make([]town, 4000)
	for i := range towns {
		towns[i] = town{orb.Point{r.Float64()*35 - 8, 37 + r.Float64()*24}, 0.005 + 0.05*r.Float64()*r.Float64()}
	}
	kinds := []string{"camera", "camera", "camera", "plate reader", "speed camera"}
	points := make([]tile.Point, n)
	for i := range points {
		u := r.Float64()
		t := towns[int(u*u*u*float64(len(towns)))]
		kind := kinds[r.IntN(len(kinds))]
		points[i] = tile.Point{At: orb.Point{t.at[0] + r.NormFloat64()*t.wide, t.at[1] + r.NormFloat64()*t.wide/2}, Kind: kind, ID: uint64(i + 1), Properties: map[string]any{
			"id": fmt.Sprintf("node/%d", 1_000_000_000+i), "kind": kind, "direction": "unknown", "operator": fmt.Sprintf("operator %d", r.IntN(500)),
			"date": fmt.Sprintf("20%02d-%02d-%02d", 10+r.IntN(16), 1+r.IntN(12), 1+r.IntN(28)), "version": 1 + r.IntN(6), "place": "node",
			"tags": `{"man_made":"surveillance","surveillance":"public","surveillance:type":"camera","camera:mount":"pole"}`}}
	}
	return points
}

func writeMap(path string, points []tile.Point) error {
	w, err := pmtiles.Create(path)
	if err != nil {
		return err
	}
	defer w.Abandon()
	p := tile.Pyramid{MaxZoom: atlas.LastZoom, Points: []tile.Points{{Name: atlas.LayerCameras, Each: atlas.EachZoom, Points: points}},
		Order: func(z uint8, x, y uint32) uint64 { return pmtiles.Tile{Z: z, X: x, Y: y}.ID() }}
	if err := p.Cut(context.Background(), func(z uint8, x, y uint32, packed []byte) error {
		return w.Add(pmtiles.Tile{Z: z, X: x, Y: y}, packed)
	}); err != nil {
		return err
	}
	return w.Close(pmtiles.Metadata{Name: "a million", Extra: map[string]any{"summary": atlas.Summary{Cameras: len(points)}}}, pmtiles.Box{West: -9, South: 36, East: 28, North: 62}, 11.57, 48.14, 10)
}
