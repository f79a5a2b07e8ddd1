package intake

import (
	"cmp"
	"regexp"
	"strings"
)

// Office is who signs the letters.
type Office struct {
	Division string `json:"division"`
	Contact  string `json:"contact"`
	Phone    string `json:"phone"`
	Address  string `json:"address"`

	Supervision string `json:"supervision,omitempty"` // 监督电话, in the notice of publicity
	Authority   string `json:"authority,omitempty"`   // who decides and publishes; "": Division up to its 厅
}

// authority is the department that a division belongs to.
var authority = regexp.MustCompile(`^.*?(?:厅|委员会|局)`)

// Department is who decides and publishes: 广东省商务厅 of 广东省商务厅电子商务处.
func (o Office) Department() string {
	division, _, _ := strings.Cut(o.Division, "（")
	return cmp.Or(o.Authority, authority.FindString(division), division)
}

// Section is the division's own name: 电子商务处.
func (o Office) Section() string {
	own, _, _ := strings.Cut(strings.TrimPrefix(o.Division, o.Department()), "（")
	return own
}
