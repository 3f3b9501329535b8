// Package view is the geometry of what a camera can show: how far, in which detail, between which walls. It works
// on plain values, and says with every answer what was noted and what was assumed.
//
// Free maps seldom say what would be needed: of the cameras mapped in Europe 13 % have a direction and 9 % a height,
// and none the number of pixels. So everything is answered three times ([Cases]): for a modest camera, a common one
// and a very fine one, each with its assumptions named. What optics allow is not what somebody does: a ring is a
// statement about pixels per metre, never about people.
//
// How detailed a picture is, is measured in pixels per metre at the target ([PixelsPerMetre]). What those numbers
// are called depends on the edition of a standard ([Levels], data/optics.csv). EN 62676-4:2015 was checked; the
// edition of 2025 was not, and [Level.Verified] says so.
//
// Units: metres, degrees, pixels per metre. Bearings are degrees clockwise from north. Coordinates are longitude and
// latitude in degrees outside, and metres east and north of the camera inside ([Plane]).
//
// Known holes. Buildings are taken as higher than every line of sight, walls other than buildings and trees stop
// nothing, and the ground is flat.
package view
