package config

import (
	"net/url"
	"strings"
)

// validateSemantic checks the servers for embeddings, reranking and vectors.
func (c Config) validateSemantic(fault func(format string, args ...any)) {
	for _, one := range []struct{ name, address, model string }{{"embed", c.EmbedURL, c.EmbedName}, {"rerank", c.RerankURL, c.RerankName}} {
		switch {
		case one.address == "":
		case !httpAddress(one.address):
			fault("%s_url: not an address such as http://127.0.0.1:8000/v1", one.name)
		case one.model == "":
			fault("%s_name: needed with %s_url", one.name, one.name)
		}
	}
	if c.EmbedWithin <= 0 || c.RerankWithin <= 0 {
		fault("embed_within, rerank_within: must be positive")
	}
	if c.EmbedBatch < 1 || c.EmbedBatch > 2048 || c.EmbedAtOnce < 1 || c.EmbedAtOnce > 64 {
		fault("embed_batch, embed_at_once: from 1 to 2048 texts, from 1 to 64 requests")
	}
	if c.EmbedPerHour < 0 || c.RerankPerHour < 0 || c.EmbedWeight < 0 {
		fault("embed_per_hour, rerank_per_hour, embed_weight: must not be negative")
	}
	if c.RerankURL != "" && c.EmbedURL == "" {
		fault("rerank_url: reranking follows search by meaning: set embed_url too")
	}
	if c.QdrantURL == "" {
		return
	}
	if u, err := url.Parse(c.QdrantURL); !httpAddress(c.QdrantURL) || err != nil || u.Port() == "" || strings.Trim(u.Path, "/") != "" {
		fault("qdrant_url: not an address such as http://127.0.0.1:6334 (gRPC, with its port)")
	}
	if c.QdrantKey != "" && !strings.HasPrefix(c.QdrantURL, "https://") {
		fault("qdrant_key: would be sent in the clear: give an https:// address")
	}
	if c.EmbedURL == "" {
		fault("qdrant_url: Qdrant keeps vectors: set embed_url too")
	}
	if c.QdrantName == "" || strings.ContainsAny(c.QdrantName, "/ ") {
		fault("qdrant_name: a word without spaces and slashes")
	}
}

func httpAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
