package main

import (
	"os/exec"
	"strings"
	"testing"
)

// allowed says which rooms of the house a room may enter (beside itself). What
// is not listed may be entered by nobody but main.
var allowed = map[string]string{
	"anli/cmd/anli":                  "*",
	"anli/cmd/anli/bot":              "anli/intake anli/intake/ledger anli/intake/mailbox anli/intake/outbox anli/parser/cage anli/parser/command anli/parser/document anli/parser/form anli/parser/mail anli/parser/score anli/parser/seal anli/parser/unpack anli/templates anli/review",
	"anli/cmd/anli/demo":             "anli/cmd/anli/bot anli/cmd/anli/demo/sample anli/intake/mailbox/postoffice anli/intake anli/intake/ledger anli/intake/outbox anli/review",
	"anli/cmd/anli/demo/sample":      "",
	"anli/intake":                    "anli/intake/ledger anli/intake/outbox anli/parser/command anli/parser/form anli/parser/mail anli/parser/unpack anli/parser/document anli/parser/seal anli/templates",
	"anli/intake/ledger":             "",
	"anli/intake/outbox":             "anli/intake/ledger",
	"anli/intake/mailbox":            "",
	"anli/intake/mailbox/postoffice": "",
	"anli/parser/mail":               "",
	"anli/parser/unpack":             "anli/parser/mail",
	"anli/parser/document":           "anli/parser/unpack anli/parser/seal",
	"anli/parser/form":               "anli/parser/document",
	"anli/parser/command":            "anli/parser/mail",
	"anli/parser/score":              "anli/parser/mail anli/parser/document",
	"anli/parser/seal":               "",
	"anli/parser/cage":               "",
	"anli/review":                    "anli/intake anli/intake/ledger anli/intake/outbox anli/parser/command anli/parser/document anli/parser/form anli/parser/mail anli/parser/score anli/templates",
	"anli/templates":                 "",
}

// only says which room alone may use a library.
var only = map[string][]string{
	"github.com/emersion/go-imap/v2": {"anli/intake/mailbox", "anli/intake/mailbox/postoffice"},
	"github.com/wneessen/go-mail":    {"anli/intake/outbox"},
	"go.etcd.io/bbolt":               {"anli/intake/ledger"},
}

func TestHouse(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "anli/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		room, imports, _ := strings.Cut(line, ":")
		doors, known := allowed[room]
		if !known {
			t.Errorf("%s is a room that the house does not know: say in this test what it may enter", room)
			continue
		}
		for _, imported := range strings.Fields(imports) {
			if strings.HasPrefix(imported, "anli/") && doors != "*" && !contains(strings.Fields(doors), imported) {
				t.Errorf("%s must not import %s", room, imported)
			}
			for library, rooms := range only {
				if strings.HasPrefix(imported, library) && !contains(rooms, room) {
					t.Errorf("%s must not import %s: that is for %s", room, imported, strings.Join(rooms, ", "))
				}
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
