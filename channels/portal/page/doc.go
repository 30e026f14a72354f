// Package page is what every page of the portal shares: the layout with its language,
// type size and colour choices, who is looking, forms that cannot be forged and lose
// nothing that was typed, and the record of what officials do.
//
// An area of the portal (asking, procedures, my events, the officials' desk) is a package
// with a folder of templates. It is given one *Site, parses its templates with
// Site.Templates, shows them with Templates.Show and guards its handlers with
// Site.Require. It knows no other area.
package page
