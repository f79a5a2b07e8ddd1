package review

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"anli/intake"
)

// packed draws files of a few cases.
func packed(r *rand.Rand, most int) []PackFile {
	var out []PackFile
	for n := range 1 + r.IntN(6) {
		for i := range 1 + r.IntN(8) {
			data := bytes.Repeat([]byte{byte(i)}, r.IntN(most))
			out = append(out, PackFile{Path: fmt.Sprintf("[案例]-单位%d+案例/照片%d.jpg", n, i), Number: fmt.Sprint(n), Data: data, Bytes: int64(len(data))})
		}
	}
	return out
}

// Every file is in one archive or left; no archive has more than its room, and as
// many bytes as was reckoned; a case is parted only if no archive holds it; only
// what fits in none is left.
func TestPackParts(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		files, room := packed(r, 2000), int64(500+r.IntN(5000))
		parts, left := packParts(files, room)
		seen, in := map[string]int{}, map[string][]int{}
		for i, part := range parts {
			data, unread, err := Zip(part, nil)
			if err != nil || len(unread) > 0 {
				t.Fatal(err)
			}
			if int64(len(data)) > room || int64(len(data)) != zipped(part)+zipEnd {
				t.Fatalf("seed %d: archive of %d bytes, reckoned %d, room for %d", seed, len(data), zipped(part)+zipEnd, room)
			}
			for _, f := range part {
				seen[f.Path]++
				if !slices.Contains(in[f.Number], i) {
					in[f.Number] = append(in[f.Number], i)
				}
			}
		}
		for _, f := range left {
			seen[f.Path]++
			if f.zipped()+zipEnd <= room {
				t.Errorf("seed %d: %s is left and fits", seed, f.Path)
			}
		}
		for _, f := range files {
			if seen[f.Path] != 1 {
				t.Errorf("seed %d: %s is there %d times", seed, f.Path, seen[f.Path])
			}
		}
		for n, where := range in {
			whole := slices.DeleteFunc(slices.Clone(files), func(f PackFile) bool { return f.Number != n || f.zipped()+zipEnd > room })
			if len(where) > 1 && zipped(whole)+zipEnd <= room {
				t.Errorf("seed %d: case %s is parted and fits", seed, n)
			}
		}
	}
}

// The archive opens, with the names as they were, and is the same every time.
func TestZip(t *testing.T) {
	files := packed(rand.New(rand.NewPCG(1, 1)), 100)
	data, _, err := Zip(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, _, _ := Zip(files, nil)
	if !bytes.Equal(data, again) {
		t.Error("another archive the second time")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		if f.Name != files[i].Path || f.NonUTF8 {
			t.Errorf("%q for %q", f.Name, files[i].Path)
		}
	}
}

// Names from outside are safe, and no two files have one place.
func TestPackFilesPlaces(t *testing.T) {
	twin := func(number, unit string) *intake.Case {
		return &intake.Case{Number: number, Unit: unit, Case: "A/B:平台", Files: []intake.File{
			{Path: "../../x.p<n>g", Role: intake.RoleLogo, SHA256: "1"}, {Path: "b.PNG", Role: intake.RoleLogo, SHA256: "2"}, {Path: "b 2.png", Role: intake.RoleLogo, SHA256: "2"},
			{Path: "旧.png", Role: intake.RolePhoto, SHA256: "3", Standing: intake.StandingReplaced}}}
	}
	var got []string
	for _, f := range PackFiles([]*intake.Case{twin("AL2024-0001", "某ab"), twin("AL2024-0002", "某AB"), twin("AL2024-0003", "")}, func(*intake.Case) []byte { return nil }) {
		got = append(got, f.Path)
	}
	want := []string{}
	for _, folder := range []string{"[案例]-某ab+A_B_平台", "[案例]-某AB+A_B_平台（AL2024-0002）", "[案例]-AL2024-0003+A_B_平台"} {
		want = append(want, folder+"/案例简介.docx", folder+"/LOGO1.p_n_g", folder+"/LOGO2.png")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
