package bot_test

import (
	"os"
	"testing"

	"anli/cmd/anli/bot"
	"anli/parser/cage"
)

// TestMain: this binary is also the cage's child and the crash tests' desk.
func TestMain(m *testing.M) {
	cage.Serve(bot.FaultyWorks())
	bot.ServeDesk()
	os.Exit(m.Run())
}
