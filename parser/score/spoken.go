package score

// follow makes the case that a line begins with the one spoken of; of several, the
// last that scores were given for.
func (r *reader) follow(p piece) {
	for _, it := range p.items {
		switch it.kind {
		case kCase:
			m, ok := one(p)
			if !ok {
				m = mention{reason: UnclearCase}
				for _, part := range split(p, len(r.x.criteria)) {
					if f := r.part(part); part.named && len(f.claims) > 0 {
						m = part.mention
					}
				}
			}
			r.enter(m, p.text(it), hisHeading)
			return
		case kMark, kTab:
		case kText:
			if !joins(p.l.text[it.a:it.b]) {
				return
			}
		default:
			return
		}
	}
}

// one is the case that all mentions of a line agree on.
func one(p piece) (mention, bool) {
	var m mention
	n := 0
	for _, it := range p.items {
		if it.kind != kCase {
			continue
		}
		if n++; n == 1 {
			m = it.mention
			continue
		}
		var ok bool
		if m, ok = merge(m, it.mention); !ok {
			return mention{}, false
		}
	}
	return m, n > 0
}

// merge joins two mentions of one case.
func merge(a, b mention) (mention, bool) {
	m := mention{whole: a.whole || b.whole, code: a.code || b.code, reason: a.reason}
	if m.reason == "" {
		m.reason = b.reason
	}
	for _, c := range a.cases {
		for _, d := range b.cases {
			if c == d {
				m.cases = append(m.cases, c)
			}
		}
	}
	if len(m.cases) == 0 {
		return mention{}, false
	}
	return m, true
}
