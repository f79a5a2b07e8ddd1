// Package outbox writes letters and sees that each leaves once.
//
// A letter has one recipient and a key made of its cause and that recipient.
// It passes these steps:
//
//  1. Render turns a Draft into the final bytes. The same Draft gives the same
//     bytes for ever, so that a letter can be hashed, shown to staff before it
//     leaves, sent again unchanged, and rendered anew by rebuild.
//  2. The caller stores the bytes as a blob and commits a Letter in the entry
//     that decided it; Fold puts it on the queue. The same key again is a no-op.
//  3. Outbox.Flush takes the letters that are due, commits `sending`, dials,
//     and commits what became of it. Then the copy goes to the Sent folder.
//
// What is certainly not accepted (refused, or broken before the final dot) is
// tried again on a schedule or has failed. What may have been accepted (the dot
// was written and no reply came, or the machine stopped in between) is never
// sent a second time blindly: it is looked for in Sent, a receipt is repeated
// once with the same Message-ID, all else is held for a person.
//
// Flush, Recover and the functions they are given run in one goroutine at a time.
// Nothing here decides whether a letter should be written; that is the caller's.
package outbox
