// Package xmlscan is a fast streaming scanner for XML from strangers. It checks that the text is well-formed, knows only
// the five entities of XML and character references, refuses every document type declaration (and with it external
// entities and entity bombs), and limits nesting and the size of a tag. Namespaces are left as prefixes.
package xmlscan
