// Package camera turns objects of OpenStreetMap into cameras: what watches, from where, in which direction, run and made by
// whom.
//
// How tags are understood is data, in camera.yaml; testdata/cases.yaml is its specification, tags in, camera out. Nothing is made
// up: what the tags do not say stays unknown, what was taken for granted is listed in Assumed, what is doubtful in Flags, and the
// keys whose values were not understood in Kept. The raw tags always stay with the camera.
//
// The files themselves are read by internal/camera/osm. All data of OpenStreetMap are © OpenStreetMap contributors, under
// the ODbL: whatever shows or exports them says so ([contrechamp.OSMAttribution]).
package camera
