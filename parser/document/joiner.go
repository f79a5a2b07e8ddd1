package document

import "fmt"

// pageJoiner puts pages behind one another and tells which are only pictures.
type pageJoiner struct {
	doc    Document
	failed int // pages that could not be read, of the last ones
	text   int // pages with text
	runes  int
	pages  []*laidOut
}

// next is the number of the page to come.
func (j *pageJoiner) next() int { return j.doc.Pages + j.failed + 1 }

func (j *pageJoiner) add(page pageParts) error {
	j.failed = 0
	j.doc.Pages = page.number
	j.doc.Pictures += page.pictures
	n := page.runes()
	j.runes += n
	switch {
	case page.scanned():
		j.doc.Scans = append(j.doc.Scans, page.number)
		j.doc.Recognised = j.doc.Recognised || n >= scanRunes
	case n >= scanRunes:
		j.text++
	}
	if j.runes > maxRunes {
		return fmt.Errorf("%w: more than %d characters", ErrTooLarge, maxRunes)
	}
	j.pages = append(j.pages, layOut(page))
	return nil
}

func (j *pageJoiner) finish() (Document, error) {
	if j.doc.Pages == 0 {
		return Document{}, fmt.Errorf("%w: no page can be loaded", ErrBroken)
	}
	dropRunning(j.pages)
	for i, page := range j.pages {
		page.settle()
		if i > 0 {
			page.continueFrom(j.pages[i-1])
		}
	}
	for _, page := range j.pages {
		j.doc.Blocks = page.appendTo(j.doc.Blocks)
	}
	j.doc.Scanned = len(j.doc.Scans) > 0 && j.text == 0
	return j.doc, nil
}
