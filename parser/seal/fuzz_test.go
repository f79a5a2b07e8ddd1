package seal_test

import (
	"image"
	"testing"

	"anli/parser/seal"
)

// FuzzFind: whatever the pixels are, what is told lies on the page.
func FuzzFind(f *testing.F) {
	f.Add(uint16(620), uint16(877), uint16(210), []byte{214, 40, 50, 255, 250, 250, 250, 255}, false)
	f.Add(uint16(17), uint16(900), uint16(0), []byte{255, 0, 0}, true)
	f.Add(uint16(300), uint16(424), uint16(210), []byte("\xd6\x28\x32\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), true)
	f.Fuzz(func(t *testing.T, w, h, width uint16, pixels []byte, ycc bool) {
		if len(pixels) == 0 || int(w)*int(h) > 1<<18 {
			return
		}
		r := image.Rect(3, 5, 3+int(w), 5+int(h))
		var im image.Image
		fill := func(to []byte) {
			for i := 0; i < len(to); i += copy(to[i:], pixels) {
			}
		}
		if ycc {
			y := image.NewYCbCr(r, image.YCbCrSubsampleRatio420)
			fill(y.Y)
			fill(y.Cb)
			fill(y.Cr)
			im = y
		} else {
			p := image.NewRGBA(r)
			fill(p.Pix)
			im = p
		}
		got := seal.Find(im, float64(width))
		for _, s := range got.Seals {
			if s.W <= 0 || s.H <= 0 || s.X < -s.W || s.X > got.Width+s.W || s.Y < -s.H || s.Y > got.Height+s.H {
				t.Errorf("a seal off the page of %d by %d: %+v", got.Width, got.Height, s)
			}
		}
		for _, b := range got.Red {
			if b.X < 0 || b.Y < 0 || b.X+b.W > got.Width+1 || b.Y+b.H > got.Height+1 {
				t.Errorf("red off the page of %d by %d: %+v", got.Width, got.Height, b)
			}
		}
	})
}
