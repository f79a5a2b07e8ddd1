package intake

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Who has an address: an address tells who writes, not what about.

// betweenCities parts the cities of an address that serves several, where staff enrolled it.
const betweenCities = "、"

// CitiesOf are the cities whose bureau writes from this address, in the order of the
// roster. Most addresses serve one; an officer may serve several. None if it is no bureau's.
func (s Settings) CitiesOf(addr string) (cities []string) {
	addr = strings.ToLower(addr)
	if s.Retired[addr] {
		return nil
	}
	if enrolled := s.Enrolled[addr]; enrolled != "" {
		return strings.Split(enrolled, betweenCities)
	}
	for _, b := range s.People.Bureaus {
		if slices.ContainsFunc(b.Addresses, func(a string) bool { return strings.EqualFold(a, addr) }) {
			cities = addOnce(cities, b.City)
		}
	}
	if len(cities) > 0 {
		return cities
	}
	domain := domainOf(addr)
	for _, b := range s.People.Bureaus {
		if slices.ContainsFunc(b.Domains, func(d string) bool { return strings.EqualFold(d, domain) }) {
			cities = addOnce(cities, b.City)
		}
	}
	return cities
}

// IsBureau tells whether an address is a bureau's.
func (s Settings) IsBureau(addr string) bool { return len(s.CitiesOf(addr)) > 0 }

// Serves tells whether a city's bureau writes from this address.
func (s Settings) Serves(addr, city string) bool { return slices.Contains(s.CitiesOf(addr), city) }

// CityOf is the city that an address serves; "" if it is no bureau's or serves several:
// then what a mail brings must tell (CityFor).
func (s Settings) CityOf(addr string) string {
	if cities := s.CitiesOf(addr); len(cities) == 1 {
		return cities[0]
	}
	return ""
}

// CityNames are the cities that an address serves, as people write them: 广州市、佛山市.
func (s Settings) CityNames(addr string) string { return strings.Join(s.CitiesOf(addr), betweenCities) }

// BureauOf names the bureau that writes from an address, for people; "" if none does.
func (s Settings) BureauOf(addr string) string {
	if !s.IsBureau(addr) {
		return ""
	}
	return s.CityNames(addr) + "商务局"
}

// towards ends the key of a letter to a city at an address: an address that serves
// several cities gets one for each.
func (s Settings) towards(addr, city string) string {
	if len(s.CitiesOf(addr)) > 1 {
		return addr + "/" + city
	}
	return addr
}

// StaffName tells which member of staff uses this address; "" if none.
func (s Settings) StaffName(addr string) string {
	for _, p := range s.People.Staff {
		for _, a := range p.Addresses {
			if strings.EqualFold(a, addr) {
				return p.Name
			}
		}
	}
	return ""
}

// ExpertOf tells which expert of the roster uses this address; nil if none.
func (s Settings) ExpertOf(addr string) *Expert {
	for i, e := range s.People.Experts {
		for _, a := range e.Addresses {
			if strings.EqualFold(a, addr) {
				return &s.People.Experts[i]
			}
		}
	}
	return nil
}

// StaffAddresses are where letters to staff go: the first address of each.
func (s Settings) StaffAddresses() []string {
	var out []string
	for _, p := range s.People.Staff {
		if len(p.Addresses) > 0 {
			out = append(out, p.Addresses[0])
		}
	}
	return out
}

// AddressesOf are the addresses a letter to a city goes to by default: the
// first listed one that is in use, else those that staff enrolled.
func (s Settings) AddressesOf(city string) []string {
	for _, b := range s.People.Bureaus {
		for _, a := range b.Addresses {
			if b.City == city && !s.Retired[strings.ToLower(a)] {
				return []string{a}
			}
		}
	}
	var out []string
	for a, c := range s.Enrolled {
		if slices.Contains(strings.Split(c, betweenCities), city) && !s.Retired[a] {
			out = append(out, a)
		}
	}
	sort.Strings(out)
	return out
}

// Correspondent is who is answered about material that staff bring in for a city:
// its first enrolled address, else a mark that is no address and gets no letter.
func (s Settings) Correspondent(city string) string {
	return cmp.Or(first(s.AddressesOf(city)), city)
}
