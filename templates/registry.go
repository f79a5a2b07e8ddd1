package templates

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Errors of Render.
var (
	ErrUnknown = errors.New("templates: unknown letter") // name or version that this program cannot set
	ErrData    = errors.New("templates: bad letter data")
)

// Name is the name under which a letter's data is recorded: Name(Receipt{}) is
// "receipt"; "" for a value that is no letter.
func Name(data any) string {
	switch data.(type) {
	case Receipt:
		return "receipt"
	case Reconciliation:
		return "reconciliation"
	case CompanyMaterial:
		return "company-material"
	case CompanyKept:
		return "company-kept"
	case UnknownSender:
		return "unknown-sender"
	case ConfirmMaterial:
		return "confirm-material"
	case QuestionPassed:
		return "question-passed"
	case Progress:
		return "progress"
	case BureauAnswer:
		return "bureau-answer"
	case Transcript:
		return "transcript"
	case Takeover:
		return "takeover"
	case StaffLetter:
		return "staff-letter"
	}
	return ""
}

// Version is the version of the words that this program writes for the name; 0
// for an unknown name. Any change of a letter's words is a new version, because
// a recorded letter is compared with its hash.
func Version(name string) int {
	return setters()[name].version
}

// Render sets a recorded letter anew from its name, version and data. The same
// input gives the same bytes. Errors: ErrUnknown, ErrData.
func Render(name string, version int, data json.RawMessage, f Frame) (Letter, error) {
	s, known := setters()[name]
	if !known || version != s.version {
		return Letter{}, fmt.Errorf("%w: %s, version %d", ErrUnknown, name, version)
	}
	l, err := s.set(data, f)
	if err != nil {
		return Letter{}, fmt.Errorf("%w: %s: %v", ErrData, name, err)
	}
	return l, nil
}

// setter is how one letter is set, and the version of its words.
type setter struct {
	version int
	set     func(json.RawMessage, Frame) (Letter, error)
}

func setters() map[string]setter {
	return map[string]setter{
		"receipt":          words(1, Frame.Receipt),
		"reconciliation":   words(1, Frame.Reconciliation),
		"company-material": words(1, Frame.CompanyMaterial),
		"company-kept":     words(1, Frame.CompanyKept),
		"unknown-sender":   words(1, Frame.UnknownSender),
		"confirm-material": words(1, Frame.ConfirmMaterial),
		"question-passed":  words(1, Frame.QuestionPassed),
		"progress":         words(1, Frame.Progress),
		"bureau-answer":    words(1, Frame.BureauAnswer),
		"transcript":       words(1, Frame.Transcript),
		"takeover":         words(1, Frame.Takeover),
		"staff-letter":     words(1, Frame.StaffLetter),
	}
}

func words[T any](version int, write func(Frame, T) Letter) setter {
	return setter{version, func(data json.RawMessage, f Frame) (Letter, error) {
		var d T
		if err := json.Unmarshal(data, &d); err != nil {
			return Letter{}, err
		}
		return write(f, d), nil
	}}
}
