// Package sample writes what the people of the demo write: application
// packages, papers, pictures, and the raw mails that carry them, as the mail
// programs of Chinese offices do.
//
// It is the senders' side only. It shares no code with the readers under test
// (it imports nothing else of this program), so that a mistake in a reader is not
// repeated by the sample that should reveal it. Nothing here reads the clock
// or draws random numbers: the same call gives the same bytes.
//
// From small to large:
//
//  1. papers: [Form], [Licence], [Cover], [Summary], [Sheet], [Scan], pictures;
//  2. [Package], the folder of one case, and [Zip], the archive Windows makes of it;
//  3. [Mail], a letter as Foxmail, QQ Mail, 163 or Outlook writes it, which may
//     answer a [Letter] and then quotes it the way that client does;
//  4. [Before] and [Script], the correspondence of the demo, in order.
//
// Every company, person, number and address is invented: companies carry 某 in
// their names, addresses end in .example, telephone numbers are 1380000xxxx,
// organisation codes begin with MADEM.
package sample

// File is a file of a package or an attachment. Path uses "/" between folders.
type File struct {
	Path string
	Data []byte
}
