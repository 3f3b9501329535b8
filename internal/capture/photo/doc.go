// Package photo makes of a photograph that somebody sends a picture that may be kept: without anything that the camera or the
// phone wrote into it, and with faces covered.
//
// All of it happens in memory: no function here writes to a disk, and what comes in is not needed any more once [Open] has
// returned. What the photograph says of its place, time and direction (EXIF) is read before it goes, for the person who sent it
// to confirm.
//
// Faces are detected, never recognised: the detector (pigo, after Markuš and others, "Object Detection with Pixel Intensity
// Comparisons Organized in Decision Trees", 2013) answers where something looks like a face, and compares it with nothing. It
// finds faces that look at the camera; it misses many that are small, turned, dark or half hidden. So it is a help and not a
// guarantee: a person looks at the picture and covers the rest, number plates among it, for which there is no detector here.
//
// What is covered cannot be uncovered: a box is filled with at most nine colours, each the mean of a ninth of it with noise added,
// so that next to nothing of what stood there is left. Blurring as one does for looks (a Gaussian) keeps most of the information,
// and can be undone: McPherson, Shokri and Shmatikov, "Defeating Image Obfuscation with Deep Learning", 2016.
package photo
