package main

import (
	"path"
	"slices"
	"strings"

	"anli/intake"
	"anli/parser/form"
)

// markedPiece is a file of the delivery that bears a mark of secrecy.
type markedPiece struct {
	intake.Piece
	mark form.Marking
}

func markedPieces(pieces []intake.Piece, reading func(sha string) intake.Reading) []markedPiece {
	var out []markedPiece
	for _, p := range pieces {
		if m := intake.SecretMark(p, reading); m != nil {
			out = append(out, markedPiece{p, *m})
		}
	}
	return out
}

// seal leaves out of the answer what bears a mark of secrecy, and all that was read
// beside it in its case: what is left is the finding.
func (o *checkOut) seal(change intake.Change, marked []markedPiece) {
	if len(marked) == 0 {
		return
	}
	homeless := map[string]form.Marking{}
	for _, m := range marked {
		homeless[m.SHA256] = m.mark
	}
	for i := range o.Cases {
		o.Cases[i] = o.Cases[i].sealed(marked)
		for _, f := range change.Cases[i].Files {
			delete(homeless, f.SHA256)
		}
	}
	o.Documents = slices.DeleteFunc(o.Documents, func(d documentOut) bool { return names(marked, d.Path) })
	o.Problems = slices.DeleteFunc(o.Problems, func(f intake.Finding) bool { return names(marked, f.File+"\n"+f.Message+f.Fix) })
	if slices.ContainsFunc(change.Papers, func(p intake.Paper) bool { _, ok := homeless[p.File.SHA256]; return ok }) {
		o.Problems = slices.DeleteFunc(o.Problems, func(f intake.Finding) bool { return f.Code == "summary-mismatch" }) // it tells what the list says
	}
	for _, m := range marked {
		if mark, ok := homeless[m.SHA256]; ok {
			o.Problems = append([]intake.Finding{intake.SecretFinding(mark)}, o.Problems...)
			return
		}
	}
}

// sealed is a case as it is shown where one of its files is marked.
func (c caseOut) sealed(marked []markedPiece) caseOut {
	i := slices.IndexFunc(marked, func(m markedPiece) bool {
		return slices.ContainsFunc(c.Files, func(f fileOut) bool { return f.SHA256 == m.SHA256 })
	})
	if i < 0 {
		return c
	}
	out := caseOut{Folder: c.Folder, Categories: []string{}, Form: form.Form{Categories: []string{}}, Files: []fileOut{},
		Findings: []intake.Finding{intake.SecretFinding(marked[i].mark)}}
	if form.SecretName(c.Folder) {
		out.Folder = ""
	}
	for _, f := range c.Files {
		if !names(marked, f.Path) && !slices.ContainsFunc(marked, func(m markedPiece) bool { return m.SHA256 == f.SHA256 }) {
			out.Files = append(out.Files, f)
		}
	}
	return out
}

// names: a text has the name of something marked in it, or is itself such a name.
func names(marked []markedPiece, text string) bool {
	return form.SecretName(text) || slices.ContainsFunc(marked, func(m markedPiece) bool { return strings.Contains(text, path.Base(m.Path)) })
}
