// Package picture draws what is planned: a calendar for those who run the service, a
// timeline for a family. Pages are one HTML file each, with their own SVG and no script,
// nothing fetched, readable on paper and with a screen reader (every drawing has its table).
package picture
