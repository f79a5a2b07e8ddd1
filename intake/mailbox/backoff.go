package mailbox

import (
	"hash/fnv"
	"strconv"
	"time"
)

// Backoff is how long to wait after the n-th failure in a row (from 0): 30 s,
// doubled each time up to 15 min, give or take a quarter by a hash of seed and
// n, so that several clients do not come back together. Providers lock out
// who knocks more often.
func Backoff(n int, seed string) time.Duration {
	const first, most = 30 * time.Second, 15 * time.Minute
	d := most
	if n = max(n, 0); n < 5 {
		d = min(first<<n, most)
	}
	h := fnv.New32a()
	h.Write([]byte(seed + "/" + strconv.Itoa(n)))
	quarter := int64(d / 4)
	return d + time.Duration(int64(h.Sum32())%(2*quarter+1)-quarter)
}
