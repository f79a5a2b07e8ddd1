package sample

import (
	"fmt"
	"math"
	"sync"
)

// Photo is a JPEG of 1,280 by 853 pixels, number n from 1: three of a unit
// show different things.
func Photo(unit string, n int) []byte {
	k := (pick(unit, "photo", 0, 5) + 2*n) % len(photos)
	return comment(photos[k](), fmt.Sprintf("%s photo %d", unit, n))
}

// Promo is a promotional picture, a PNG of 1,600 by 900 pixels, number n from 1, in
// the unit's colours.
func Promo(unit string, n int) []byte {
	return png(1600, 900, unitColours(unit), promos[(n-1)%3](), fmt.Sprintf("%s promo %d", unit, n))
}

// Logo is a PNG of 600 by 600 pixels: a sign in the unit's colours.
func Logo(unit string) []byte {
	c := newCanvas(600, 600)
	c.ring(300, 300, 0, 270, 1)
	c.ring(300, 300, 0, 236, 0)
	c.glyph(150, 150, 300, pick(unit, "logo", 1, 999), 2)
	return png(600, 600, unitColours(unit), c.packed(), unit)
}

// licencePhoto is a business licence photographed: frame, emblem, lines, seal.
func licencePhoto(unit string) []byte { return comment(licencePicture(), unit) }

// unitColours are six colours, from white to dark, in a unit's own hue.
func unitColours(unit string) palette {
	hue := float64(pick(unit, "hue", 0, 359)) * math.Pi / 180
	at := func(light, strength float64) []byte {
		var rgb []byte
		for k := range 3 {
			v := light + strength*math.Cos(hue-float64(k)*2*math.Pi/3)
			rgb = append(rgb, byte(math.Max(0, math.Min(255, v))))
		}
		return rgb
	}
	p := palette{255, 255, 255}
	for _, c := range [][2]float64{{120, 90}, {70, 60}, {200, 40}, {235, 15}, {40, 20}} {
		p = append(p, at(c[0], c[1])...)
	}
	return p
}

var promos = [3]func() []byte{
	sync.OnceValue(func() []byte { // stripes and a disc
		c := newCanvas(1600, 900)
		for k := range 8 {
			c.rect(k*200, 0, 100, 900, 4)
		}
		c.ring(500, 450, 0, 300, 1)
		c.text(880, 330, 90, 6, 3, 2)
		c.text(880, 480, 50, 11, 9, 5)
		return c.packed()
	}),
	sync.OnceValue(func() []byte { // tiles
		c := newCanvas(1600, 900)
		for k := range 12 {
			c.rect(60+k%4*380, 60+k/4*280, 340, 240, byte(1+k%4))
			c.text(90+k%4*380, 220+k/4*280, 40, 6, k, 5)
		}
		return c.packed()
	}),
	sync.OnceValue(func() []byte { // a headline over a hill
		c := newCanvas(1600, 900)
		c.rect(0, 0, 1600, 900, 4)
		for x := range 1600 {
			h := int(180 + 90*math.Sin(float64(x)/210) + 50*math.Sin(float64(x)/70))
			c.rect(x, 900-h, 1, h, 1)
		}
		c.text(200, 160, 130, 8, 6, 2)
		c.star(1350, 420, 120, 3)
		return c.packed()
	}),
}

// photoColours: sky, wall, dark, warm, green, light.
var photoColours = palette{196, 214, 232, 170, 160, 148, 62, 66, 74, 206, 148, 84, 104, 150, 96, 240, 236, 226}

var photos = [6]func() []byte{
	photo(func(c *canvas) { // an office building
		c.rect(0, 640, 1280, 213, 4)
		c.rect(340, 140, 600, 560, 1)
		for k := range 40 {
			c.rect(380+k%8*68, 180+k/8*96, 44, 60, 5)
		}
		c.text(470, 90, 42, 8, 3, 3)
	}),
	photo(func(c *canvas) { // shelves of a warehouse
		c.rect(0, 0, 1280, 853, 5)
		for k := range 5 {
			c.rect(0, 130+k*150, 1280, 14, 2)
			for b := range 12 {
				c.rect(20+b*106, 60+k*150, 60+b*k%30, 70, byte(1+(b+k)%3))
			}
		}
	}),
	photo(func(c *canvas) { // hills, fields and the sun
		c.ring(980, 190, 0, 90, 5)
		for x := range 1280 {
			h := int(330 + 120*math.Sin(float64(x)/170) + 40*math.Sin(float64(x)/41))
			c.rect(x, 853-h, 1, h, 4)
		}
		for k := range 9 {
			c.rect(0, 640+k*24, 1280, 8, 3)
		}
	}),
	photo(func(c *canvas) { // a studio for live sales
		c.rect(0, 0, 1280, 853, 2)
		c.ring(640, 330, 180, 220, 5)
		c.ring(640, 330, 0, 90, 3)
		c.rect(520, 440, 240, 250, 1)
		c.rect(160, 660, 960, 50, 5)
	}),
	photo(func(c *canvas) { // parcels on a belt
		c.rect(0, 560, 1280, 90, 2)
		for k := range 7 {
			c.rect(40+k*180, 420-k%3*30, 130, 140+k%3*30, 3)
			c.rect(100+k*180, 420-k%3*30, 10, 140+k%3*30, 5)
		}
	}),
	photo(func(c *canvas) { // people at a training
		c.rect(0, 0, 1280, 330, 5)
		c.rect(320, 40, 640, 240, 2)
		c.text(380, 120, 60, 8, 5, 5)
		for k := range 24 {
			c.ring(90+k%8*156, 450+k/8*150, 0, 46, byte(1+k%3))
		}
	}),
}

// photo draws a picture of 1,280 by 853 pixels once.
func photo(draw func(*canvas)) func() []byte {
	return sync.OnceValue(func() []byte {
		c := newCanvas(1280, 853)
		draw(c)
		return jpegOf(c, photoColours, 60)
	})
}

var licencePicture = sync.OnceValue(func() []byte {
	c := newCanvas(1240, 880)
	c.frame(30, 30, 1180, 820, 10, 2)
	c.ring(620, 110, 30, 44, 3)
	c.text(430, 180, 80, 4, 2, 1)
	for k := range 6 {
		c.text(130, 330+k*60, 30, 4, k, 1)
		c.text(300, 330+k*60, 28, 9+k*5%12, k*7, 1)
	}
	c.text(800, 720, 26, 9, 4, 1)
	c.seal(950, 690, 110, 3)
	return jpegOf(c, scanColours, 70)
})
