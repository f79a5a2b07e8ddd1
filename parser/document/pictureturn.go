package document

import (
	"image"
	"image/color"
)

// turned is a picture as it is to be seen; turn is as in Exif and TIFF, 2 to 8.
type turned struct {
	im   image.RGBA64Image
	turn int
}

// asSeen turns a picture that lies on its side or stands on its head.
func asSeen(im image.Image, turn int) image.Image {
	from, ok := im.(image.RGBA64Image)
	if turn < 2 || turn > 8 || !ok {
		return im
	}
	return &turned{from, turn}
}

// ColorModel is the one of At.
func (t *turned) ColorModel() color.Model { return color.RGBA64Model }

// Bounds are those of the picture as it is to be seen.
func (t *turned) Bounds() image.Rectangle {
	b := t.im.Bounds()
	if t.turn >= 5 {
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

// At gives one pixel.
func (t *turned) At(x, y int) color.Color { return t.RGBA64At(x, y) }

// RGBA64At gives one pixel without a value on the heap.
func (t *turned) RGBA64At(x, y int) color.RGBA64 {
	b := t.im.Bounds()
	right, low := b.Dx()-1, b.Dy()-1
	switch t.turn {
	case 2:
		x = right - x
	case 3:
		x, y = right-x, low-y
	case 4:
		y = low - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, low-x
	case 7:
		x, y = right-y, low-x
	case 8:
		x, y = right-y, x
	}
	return t.im.RGBA64At(b.Min.X+x, b.Min.Y+y)
}
