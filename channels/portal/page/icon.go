package page

import "html/template"

// icons are drawn on a grid of 24, stroked in the colour of the text around them. Our own.
var icons = map[string]string{
	"mark":     `<path d="M4 21V11a8 8 0 0 1 16 0v10"/><path d="M9 21v-9.5a3 3 0 0 1 6 0V21"/><path d="M2 21h20"/>`,
	"ask":      `<path d="M4 5h16v11H10l-5 4v-4H4z"/><path d="M9.8 8.8a2.3 2.3 0 1 1 3 2.3c-.6.2-.8.6-.8 1.2"/><path d="M12 14.2v.1"/>`,
	"list":     `<path d="M9 6h11M9 12h11M9 18h11"/><path d="M4 6h.1M4 12h.1M4 18h.1"/>`,
	"family":   `<circle cx="8" cy="7" r="3"/><circle cx="17" cy="9" r="2.3"/><path d="M2.5 20c0-4 2.2-6.5 5.5-6.5s5.5 2.500 5.500 6.500"/><path d="M15.500 14.300c3.300-.6 6 1.400 6 5.700"/>`,
	"inbox":    `<path d="M4 13 6.500 5h11L20 13v6H4z"/><path d="M4 13h5a3 3 0 0 0 6 0h5"/>`,
	"bell":     `<path d="M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15z"/><path d="M10 21h4"/>`,
	"calendar": `<rect x="4" y="5.500" width="16" height="15" rx="2"/><path d="M4 10h16M8.500 3v4M15.500 3v4"/>`,
	"law":      `<path d="M12 4v16M7 20h10M5 7h14"/><path d="M5 7 2.500 13h5zM19 7l-2.500 6h5z"/>`,
	"desk":     `<path d="M3 20V9l9-5 9 5v11"/><path d="M3 20h18M8 20v-7M12 20v-7M16 20v-7"/>`,
	"queue":    `<path d="M4 6h16M4 12h10M4 18h6"/><path d="m15 17 2.200 2.200L21 15"/>`,
	"chart":    `<path d="M4 20h16"/><path d="M7 20v-7M12 20V6M17 20v-10"/>`,
	"switch":   `<rect x="3" y="8" width="18" height="8" rx="4"/><circle cx="16.500" cy="12" r="1.800"/>`,
	"display":  `<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400"/>`,
	"person":   `<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c.6-4 3.500-6 7.500-6s6.900 2 7.500 6"/>`,
	"leave":    `<path d="M14 4H5v16h9"/><path d="M10 12h11m-4-4 4 4-4 4"/>`,
	"check":    `<path d="m4.500 12.500 5 5L20 7"/>`,
	"close":    `<path d="M6 6l12 12M18 6 6 18"/>`,
	"warn":     `<path d="M12 3.500 22 20.500H2z"/><path d="M12 10v5M12 17.700v.1"/>`,
	"info":     `<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.600v.1"/>`,
	"machine":  `<rect x="4" y="8" width="16" height="11" rx="2.500"/><path d="M12 4v4M9 13v.1M15 13v.1M9.500 16h5"/>`,
	"send":     `<path d="M4 12 21 4l-5 17-4-7z"/><path d="m12 14 9-10"/>`,
	"search":   `<circle cx="10.500" cy="10.500" r="6.500"/><path d="m15.500 15.500 5 5"/>`,
	"paper":    `<path d="M6 3h8l4.500 4.500V21H6z"/><path d="M14 3v4.500h4.500M9 12h6M9 16h6"/>`,
	"money":    `<rect x="3" y="6.500" width="18" height="11.500" rx="2"/><circle cx="12" cy="12.200" r="2.600"/><path d="M6.300 12.200v.1M17.700 12.200v.1"/>`,
	"clock":    `<circle cx="12" cy="12" r="9"/><path d="M12 7v5.500l3.500 2"/>`,
	"place":    `<path d="M12 21.500c4.500-5 7-8.500 7-11.500a7 7 0 0 0-14 0c0 3 2.500 6.500 7 11.500z"/><circle cx="12" cy="10" r="2.600"/>`,
	"link":     `<path d="M14 4h6v6M20 4l-9 9"/><path d="M18 14v6H4V6h6"/>`,
	"form":     `<rect x="5" y="4" width="14" height="17" rx="2"/><path d="M9 3h6v3H9zM9 11h6M9 15h4"/>`,
	"steps":    `<path d="M4 19h5v-5h5V9h6V5"/>`,
	"book":     `<path d="M12 6.500C10 4.800 7 4.500 3.500 5v13.500c3.500-.5 6.500-.2 8.500 1.500 2-1.700 5-2 8.500-1.500V5C17 4.500 14 4.800 12 6.500z"/><path d="M12 6.500V20"/>`,
	"share":    `<circle cx="6" cy="12" r="2.600"/><circle cx="17.500" cy="5.800" r="2.600"/><circle cx="17.500" cy="18.200" r="2.600"/><path d="m8.300 10.800 6.900-3.800M8.300 13.200l6.900 3.800"/>`,
	"print":    `<path d="M7 9V3.500h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.500H7z"/>`,
	"speaker":  `<path d="M4 9.500h4l5-4.500v14l-5-4.500H4z"/><path d="M16.500 9a4 4 0 0 1 0 6M19 6.500a7.500 7.500 0 0 1 0 11"/>`,
	"mic":      `<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3"/>`,
	"up":       `<path d="M7 11v9H3.500v-9zM7 11l4-7.500c1.800 0 2.500 1.200 2.200 2.800L12.600 10H19c1.200 0 2 1 1.700 2.200l-1.600 6.300c-.2.9-1 1.500-1.900 1.500H7"/>`,
	"down":     `<path d="M7 13V4H3.500v9zM7 13l4 7.500c1.800 0 2.500-1.200 2.200-2.800L12.600 14H19c1.200 0 2-1 1.700-2.200l-1.600-6.300C18.900 4.600 18.100 4 17.200 4H7"/>`,
	"arrow":    `<path d="M4 12h16m-6-6 6 6-6 6"/>`,
	"back":     `<path d="M20 12H4m6-6-6 6 6 6"/>`,
	"plus":     `<path d="M12 4.500v15M4.500 12h15"/>`,
	"edit":     `<path d="M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19z"/><path d="m14 6.500 3.500 3.500"/>`,
	"trash":    `<path d="M4 7h16M9.500 7V4h5v3M6 7l1 13.500h10L18 7"/><path d="M10 11v6M14 11v6"/>`,
	"lock":     `<rect x="5" y="10.500" width="14" height="10" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500"/>`,
	"heart":    `<path d="M12 20.500C5 15.500 3 12 3 8.800A4.600 4.600 0 0 1 12 7a4.600 4.600 0 0 1 9 1.800c0 3.200-2 6.700-9 11.700z"/>`,
	"baby":     `<circle cx="12" cy="12" r="8.500"/><path d="M9 11v.1M15 11v.1M9 15c1.800 1.700 4.200 1.700 6 0M12 3.500c1.500 0 2 1.200 1 2"/>`,
	"home":     `<path d="M3.500 11.500 12 4l8.500 7.500"/><path d="M6 9.500V20h12V9.500"/><path d="M10 20v-6h4v6"/>`,
	"school":   `<path d="m2 9.500 10-5 10 5-10 5z"/><path d="M6.500 12v5c3 2.300 8 2.300 11 0v-5M22 9.500V15"/>`,
	"work":     `<rect x="3" y="7.500" width="18" height="12.500" rx="2"/><path d="M9 7.500V4.500h6v3M3 13h18"/>`,
	"shop":     `<path d="M4 10v10h16V10"/><path d="M3 10 5 4h14l2 6c0 2.600-4.500 2.600-4.500 0 0 2.600-4.500 2.600-4.500 0 0 2.600-4.500 2.600-4.500 0 0 2.600-4.500 2.600-4.500 0z"/><path d="M10 20v-5h4v5"/>`,
	"car":      `<path d="M3 16v-3.500l2-5.500h14l2 5.500V16z"/><path d="M3 12.500h18M6.500 16v2.500M17.500 16v2.500"/>`,
	"health":   `<path d="M9.500 3.500h5v6h6v5h-6v6h-5v-6h-6v-5h6z"/>`,
	"elder":    `<circle cx="10" cy="5" r="2.500"/><path d="M10 9.500v6l-2.500 6M10 15.500l3 6M10 11l4 2.500"/><path d="M17 21.500v-9a1.800 1.800 0 0 0-3.200-1"/>`,
	"flower":   `<circle cx="12" cy="9" r="2.300"/><path d="M12 6.700c-2-4.500 2-4.500 0 0M14.200 9c4.500-2 4.500 2 0 0M12 11.300c2 4.500-2 4.500 0 0M9.800 9c-4.500 2-4.500-2 0 0"/><path d="M12 13v8.500"/>`,
	"id":       `<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.500" cy="11" r="2.200"/><path d="M5.500 16c.6-1.700 1.600-2.300 3-2.300s2.400.6 3 2.300M14 10h4M14 14h4"/>`,
	"land":     `<path d="M3 8.500 9 5l6 3 6-3v11.500L15 20l-6-3-6 3.500z"/><path d="M9 5v12M15 8v12"/>`,
	"download": `<path d="M12 4v11m-4.500-4.500L12 15l4.500-4.500M4.500 20h15"/>`,
	"globe":    `<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3.300 3.500 3.300 14.500 0 18M12 3c-3.300 3.500-3.300 14.500 0 18"/>`,
	"offline":  `<path d="M3 9.500a13 13 0 0 1 5-2.800M21 9.500a13 13 0 0 0-8-3.400M6.500 13.500a8 8 0 0 1 3-1.700M17.500 13.500a8 8 0 0 0-2-1.300M12 18.500v.1M4 3l16 18"/>`,
	"spark":    `<path d="M12 3.500 14 10l6.500 2-6.500 2-2 6.500L10 14l-6.500-2L10 10z"/>`,
}

// Icon draws an icon by its name; an unknown name draws nothing. It says nothing to a
// screen reader: put words beside it.
func Icon(name string) template.HTML {
	d, ok := icons[name]
	if !ok {
		return ""
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">` + d + `</svg>`) //nolint:gosec // our own drawings
}
