package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// errConfig: the configuration cannot be used. The text is one line: file, line
// and a sentence.
var errConfig = errors.New("configuration")

// configError is where in the file the fault lies; line 0 if nowhere.
type configError struct {
	file string
	line int
	text string
}

func (e *configError) Error() string {
	if e.line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.text)
	}
	return e.file + ": " + e.text
}

func (e *configError) Unwrap() error { return errConfig }

// readConfig reads the file strictly over the defaults: an unknown key is an
// error, because it is a slip of the pen whose default would go unnoticed.
func readConfig(path string) (Config, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Config{}, &configError{file: path, text: "there is no such file; copy config.example.toml to it and fill in what is marked as needed, or name another by --config"}
	}
	if err != nil {
		return Config{}, &configError{file: path, text: err.Error()}
	}
	f := fileDefaults()
	d := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return Config{}, plainTOML(path, err)
	}
	c := checker{file: path, dir: filepath.Dir(path), lines: keyLines(raw)}
	config := c.config(f)
	if c.err != nil {
		return Config{}, c.err
	}
	return config, nil
}

// plainTOML says in a sentence what the TOML reader found.
func plainTOML(path string, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		e := unknown.Errors[0]
		line, _ := e.Position()
		return &configError{path, line, fmt.Sprintf("there is no key %q; config.example.toml shows all there are", strings.Join(e.Key(), "."))}
	}
	var bad *toml.DecodeError
	if !errors.As(err, &bad) {
		return &configError{file: path, text: err.Error()}
	}
	line, _ := bad.Position()
	text := strings.TrimPrefix(bad.Error(), "toml: ")
	if strings.Contains(text, "cannot decode TOML") || strings.Contains(text, "cannot store") {
		text = fmt.Sprintf("%s has a value of the wrong kind: text, times and durations stand in quotes, numbers and true/false do not", strings.Join(bad.Key(), "."))
	}
	return &configError{path, line, text}
}

// keyLines tells the line of every key: mailbox.tls, staff[0].name, also of tables
// written in a line: review.criteria[0].max. A table's own line stands under its
// name.
func keyLines(raw []byte) map[string]int {
	lines := map[string]int{}
	tables := map[string]int{}
	var p unstable.Parser
	p.Reset(raw)
	prefix := ""
	for p.NextExpression() {
		e := p.Expression()
		var parts []string
		line := 0
		for k := e.Key(); k.Next(); {
			if line == 0 {
				line = p.Shape(k.Node().Raw).Start.Line
			}
			parts = append(parts, string(k.Node().Data))
		}
		name := strings.Join(parts, ".")
		switch e.Kind {
		case unstable.Table:
			prefix = name + "."
		case unstable.ArrayTable:
			name = fmt.Sprintf("%s[%d]", name, tables[name])
			tables[strings.Join(parts, ".")]++
			prefix = name + "."
		default:
			name = prefix + name
		}
		if _, known := lines[name]; !known {
			lines[name] = line
		}
		if e.Kind == unstable.KeyValue {
			inlineLines(&p, name, e.Value(), lines)
		}
	}
	return lines
}

// inlineLines adds the keys of the tables that a value holds.
func inlineLines(p *unstable.Parser, name string, v *unstable.Node, lines map[string]int) {
	i := 0
	for it := v.Children(); it.Next(); i++ {
		switch child := it.Node(); {
		case v.Kind == unstable.Array:
			inlineLines(p, fmt.Sprintf("%s[%d]", name, i), child, lines)
		case v.Kind == unstable.InlineTable:
			for k := child.Key(); k.Next(); {
				lines[name+"."+string(k.Node().Data)] = p.Shape(k.Node().Raw).Start.Line
			}
		}
	}
}
