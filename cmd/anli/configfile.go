package main

import "time"

// The configuration as it stands in the file. Every field is a key; what a file
// leaves out keeps the default of fileDefaults. Meaning and limits of the keys
// are told by config.example.toml, their checks by configcheck.go.

type fileConfig struct {
	Mode          string          `toml:"mode"`
	Data          string          `toml:"data"`
	KeyFile       string          `toml:"key_file"`
	RedirectAllTo string          `toml:"redirect_all_to"`
	LogLevel      string          `toml:"log_level"`
	Mailbox       mailboxSection  `toml:"mailbox"`
	SMTP          smtpSection     `toml:"smtp"`
	Office        officeSection   `toml:"office"`
	Staff         []personSection `toml:"staff"`
	Bureau        []bureauSection `toml:"bureau"`
	Letters       lettersSection  `toml:"letters"`
	Timing        timingSection   `toml:"timing"`
	Calendar      calendarSection `toml:"calendar"`
	Call          callSection     `toml:"call"`
	Review        reviewSection   `toml:"review"`
	Backup        backupSection   `toml:"backup"`
}

type mailboxSection struct {
	Address      string `toml:"address"`
	Name         string `toml:"name"`
	IMAP         string `toml:"imap"`
	TLS          string `toml:"tls"`
	User         string `toml:"user"`
	PasswordFile string `toml:"password_file"`
	PasswordEnv  string `toml:"password_env"`
	Auth         string `toml:"auth"`
	Inbox        string `toml:"inbox"`
	Junk         string `toml:"junk"`
	Sent         string `toml:"sent"`
	FileSent     bool   `toml:"file_sent"`
	Journal      string `toml:"journal"`
	Since        string `toml:"since"`
	MaxMail      int    `toml:"max_mail"`
	AuthServID   string `toml:"authserv_id"`
	Poll         string `toml:"poll"`
	Idle         bool   `toml:"idle"`
	CAFile       string `toml:"ca_file"`
	TLSMin       string `toml:"tls_min"`
}

type smtpSection struct {
	Address        string `toml:"address"`
	TLS            string `toml:"tls"`
	User           string `toml:"user"`
	PasswordFile   string `toml:"password_file"`
	PasswordEnv    string `toml:"password_env"`
	Auth           string `toml:"auth"`
	HELO           string `toml:"helo"`
	PerHour        int    `toml:"per_hour"`
	PerAddressHour int    `toml:"per_address_hour"`
	MaxLetter      int    `toml:"max_letter"`
}

type officeSection struct {
	Division string `toml:"division"`
	Contact  string `toml:"contact"`
	Phone    string `toml:"phone"`
	Address  string `toml:"address"`

	Supervision string `toml:"supervision"`
	Authority   string `toml:"authority"`
}

type personSection struct {
	Name      string   `toml:"name"`
	Addresses []string `toml:"addresses"`
}

type bureauSection struct {
	City      string   `toml:"city"`
	Addresses []string `toml:"addresses"`
	Domains   []string `toml:"domains"`
}

type lettersSection struct {
	Receipt   string `toml:"receipt"`
	Answer    string `toml:"answer"`
	Reminder  string `toml:"reminder"`
	Decision  string `toml:"decision"`
	Expert    string `toml:"expert"`
	Objection string `toml:"objection"`
	Result    string `toml:"result"`
	Arrival   string `toml:"arrival"`
}

type timingSection struct {
	Quiet   string `toml:"quiet"`
	Longest string `toml:"longest"`
	Series  string `toml:"series"`
	Morning string `toml:"morning"`
}

type calendarSection struct {
	Holidays []string `toml:"holidays"`
	Workdays []string `toml:"workdays"`
}

type callSection struct {
	ID              string   `toml:"id"`
	Title           string   `toml:"title"`
	Document        string   `toml:"document"`
	Prefix          string   `toml:"prefix"`
	Deadline        string   `toml:"deadline"`
	SupplementUntil string   `toml:"supplement_until"`
	Quota           int      `toml:"quota"`
	Cities          []string `toml:"cities"`
	Region          string   `toml:"region"`
	Fields          []string `toml:"fields"`
	OtherField      string   `toml:"other_field"`
	Photos          int      `toml:"photos"`
	Promos          int      `toml:"promos"`
	Logos           int      `toml:"logos"`
	DataYear        int      `toml:"data_year"`
	IntroLimit      int      `toml:"intro_limit"`
	IntroError      int      `toml:"intro_error"`
	SummaryShort    int      `toml:"summary_short"`
	SummaryLong     int      `toml:"summary_long"`
	Keywords        []string `toml:"keywords"`
	Phrases         []string `toml:"phrases"`

	Notice     string         `toml:"notice"`
	Clauses    clausesSection `toml:"clauses"`
	NextSteps  string         `toml:"next_steps"`
	AttachForm bool           `toml:"attach_form"`
}

type backupSection struct {
	Dir   string `toml:"dir"`
	Every string `toml:"every"`
	Keep  int    `toml:"keep"`
}

// fileDefaults is the configuration of an empty file.
func fileDefaults() fileConfig {
	return fileConfig{
		Mode: "live", Data: "data", KeyFile: "anli.key", LogLevel: "info",
		Mailbox: mailboxSection{TLS: "tls", Auth: "plain", Inbox: "INBOX", FileSent: true, Journal: "anli-journal",
			MaxMail: 50, Poll: "60s", Idle: true, TLSMin: "1.2"},
		SMTP:   smtpSection{TLS: "tls", Auth: "plain", PerHour: 200, PerAddressHour: 20, MaxLetter: 20},
		Office: officeSection{Division: "广东省商务厅电子商务处"},
		Letters: lettersSection{Receipt: "send", Answer: "send", Reminder: "approve", Decision: "approve", Expert: "approve",
			Objection: "approve", Result: "approve", Arrival: "off"},
		Timing: timingSection{Quiet: "3m", Longest: "20m", Series: "60m", Morning: "08:30"},
		Call:   callDefaults(),
		Review: reviewDefaults(),
		Backup: backupSection{Every: "24h", Keep: 14},
	}
}

// callDefaults is the built-in call as the file would write it.
func callDefaults() callSection {
	c := builtinCall()
	return callSection{ID: c.ID, Title: c.Title, Document: c.Document, Prefix: c.Prefix, Deadline: c.Deadline.Format(time.RFC3339),
		Quota: c.Quota, Cities: c.Cities, Region: c.Region, Fields: c.Fields, OtherField: c.OtherField, Photos: c.Photos, Promos: c.Promos, Logos: c.Logos,
		DataYear: c.DataYear, IntroLimit: c.IntroLimit, IntroError: c.IntroError, SummaryShort: c.SummaryShort, SummaryLong: c.SummaryLong,
		Keywords: c.Keywords, Phrases: c.Phrases, Notice: c.Notice, Clauses: clausesOf(c.Clauses), NextSteps: c.NextSteps, AttachForm: !c.OwnForm}
}
