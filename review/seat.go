package review

import (
	"slices"
	"strings"

	"anli/intake/outbox"
)

// Seat gives members the name and the addresses that the roster has for them now:
// an expert who got another address stays who he is. A member whom the roster names
// no more keeps his.
func (b *Bench) Seat(roster []Expert) {
	var keys []string
	var seated []Expert
	for _, key := range sorted(b.members) {
		m := b.members[key]
		keys = append(keys, key)
		seated = append(seated, Expert{Name: m.Name, Addresses: m.Addresses})
	}
	for i, j := range counterparts(seated, roster) {
		if j < 0 {
			continue
		}
		m := b.members[keys[j]]
		for _, a := range m.Addresses {
			if !slices.Contains(roster[i].Addresses, a) && !slices.Contains(m.Former, a) {
				m.Former = append(m.Former, a)
			}
		}
		m.Former = slices.DeleteFunc(m.Former, func(a string) bool { return slices.Contains(roster[i].Addresses, a) })
		m.Name, m.Addresses = roster[i].Name, slices.Clone(roster[i].Addresses)
	}
}

// Readdress seats the members by a new roster. Who is reached at another first
// address now is asked anew for what is open: what went to the old one is no good.
func (b *Bench) Readdress(roster []Expert) {
	was := map[string]string{}
	for key, s := range b.members {
		was[key] = s.Address()
	}
	b.Seat(roster)
	if b.Panel.Phase != PhaseOpen {
		return
	}
	for _, key := range sorted(b.members) {
		s := b.members[key]
		if s.Address() == was[key] || !s.active() || len(b.openOf(s)) == 0 {
			continue
		}
		b.dropLetters(s, "专家邮箱已变更")
		s.Since, s.Told = b.Now, false
		b.touch(s)
		if s.State == MemberInvited {
			b.invite(s)
			continue
		}
		b.renew(s, func(x Batch) bool {
			return slices.ContainsFunc(x.Cases, func(n string) bool { return b.wants(s, n) })
		})
	}
}

// RosterNotes tell staff what a new list means for experts who are judging.
func (b *Bench) RosterNotes(roster []Expert) (out []string) {
	if b.Panel.Phase != PhaseOpen {
		return nil
	}
	var members []*Member
	var seated []Expert
	for _, s := range b.Members() {
		if s.active() {
			members = append(members, s)
			seated = append(seated, Expert{Name: s.Name, Addresses: s.Addresses})
		}
	}
	is := counterparts(seated, roster)
	for j, s := range members {
		i := slices.Index(is, j)
		if i < 0 {
			out = append(out, s.Name+"仍在评审中，名单中删去不影响其已分配的案例；如不再请其评审，请“换专家 "+b.called(s)+" 为 …”")
			continue
		}
		if roster[i].Address() != s.Address() && len(b.openOf(s)) > 0 {
			out = append(out, s.Name+"的邮箱变更后，未评案例的评审材料将重新发往"+roster[i].Address())
		}
		for _, c := range b.facts(b.cases(s.assigned())) {
			if why := roster[i].reason(c); why != "" && !recused(b.Scoring(s.Expert, c.Number)) {
				out = append(out, s.Name+"须回避已分配的"+c.Number+"（"+why+"），请“作废 "+b.called(s)+" "+c.Number+" "+why+"”")
			}
		}
	}
	return out
}

// recused: the scoring does not count for good.
func recused(s *Scoring) bool { return s != nil && (s.Recused || s.Void) }

// expertOf is what the roster says of a member; ok is false if it names him no more.
func (b *Bench) expertOf(s *Member) (Expert, bool) {
	for _, e := range Experts(b.Settings) {
		if b.MemberOf(e.Address()) == s {
			return e, true
		}
	}
	return Expert{}, false
}

// Recipient is the member whom a letter of the judging was written to, wherever it
// went: in a rehearsal all letters go to one tester. nil if it is to nobody's seat.
func (b *Bench) Recipient(l outbox.Letter) *Member {
	kind, rest, _ := strings.Cut(l.Key, "/")
	address := ""
	switch parts := strings.Split(rest, "/"); kind {
	case "invite", "request", "remind":
		address = parts[0]
	case "echo", "other-address":
		address = parts[len(parts)-1]
	default:
		return nil
	}
	if s := b.members[strings.ToLower(address)]; s != nil {
		return s // the key stands in the letter's, whatever his address is now
	}
	if s := b.MemberOf(address); s != nil {
		return s
	}
	for _, key := range sorted(b.members) {
		if s := b.members[key]; slices.Contains(s.Former, strings.ToLower(address)) {
			return s
		}
	}
	return nil
}
