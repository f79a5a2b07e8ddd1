package bot

import (
	"bytes"
	"os"
	"testing"
)

// A picture that was too much for a child is broken only where its head says so.
func TestSizeOfPicture(t *testing.T) {
	heic, err := os.ReadFile("../../../parser/document/testdata/pictures/one.heic")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		b      []byte
		broken bool
	}{
		"of a phone":                     {heic, false},
		"of a kind that nothing decodes": {[]byte("8BPS\x00\x01 and so on"), false},
		"cut off":                        {heic[:len(heic)/2], true},
		"no picture":                     {[]byte("no picture"), true},
	} {
		l := sizeOfPicture(bytes.NewReader(c.b), int64(len(c.b)), true)
		if l.Broken != c.broken || (l.Picture == nil) != c.broken || (l.Seals == nil) != c.broken {
			t.Errorf("%s: %+v", name, l)
		}
	}
}
