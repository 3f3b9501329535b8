package web

import (
	"net/http"
)

// routes is the site map. Every page has the same path in each language, after the language's prefix.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()

	mux.HandleFunc("GET /{$}", s.chooseLanguage)
	mux.HandleFunc("GET /assets/{name}", s.asset)

	for _, lang := range languages {
		page := func(path string, show pageFunc) {
			mux.HandleFunc("GET /"+lang+path, s.page(lang, show))
		}
		mux.Handle("GET /"+lang, http.RedirectHandler("/"+lang+"/", http.StatusMovedPermanently))
		page("/{$}", s.showHome)
		page("/search", s.showSearch)
		for _, list := range lists {
			page("/"+list.path, s.showList(list))
		}
		page("/dossier/{name}", s.showDossier)
		page("/disagreements", s.showDisagreements)
		page("/documents", s.showDocuments)
		page("/document/{document}", s.showDocument)
		page("/document/{document}/captured", s.showCaptured)
		page("/map", s.showMap)
		page("/method", s.showMethod)
		if s.desk != nil {
			page("/contribute", s.showContribute)
			page("/contribute/{name}", s.showLook)
			mux.HandleFunc("POST /"+lang+"/contribute", s.receiving(s.form(lang, s.takePhotograph)))
			mux.HandleFunc("POST /"+lang+"/contribute/{name}", s.form(lang, s.takeLook))
		}
	}

	if s.desk != nil {
		mux.HandleFunc("GET /contribute/{name}/photo", s.photograph)
	}
	mux.HandleFunc("GET /captured/{document}/page", s.capturedBy(s.facsimile))
	mux.HandleFunc("GET /captured/{document}/bytes", s.capturedBy(s.capturedBytes))

	api := func(path string, answer apiFunc) { mux.HandleFunc("GET /api"+path, s.api(answer)) }
	api("/{$}", s.apiIndex)
	api("/figures", s.apiFigures)
	api("/search", s.apiSearch)
	api("/dossier/{name}", s.apiDossier)
	api("/claims", s.apiClaims)
	api("/documents", s.apiDocuments)
	api("/document/{document}", s.apiDocument)
	api("/disagreements", s.apiDisagreements)

	mux.HandleFunc("GET /map/{z}/{x}/{y}", s.mapTile)
	mux.HandleFunc("GET /map/tiles.json", s.api(s.tileJSON))
	mux.HandleFunc("GET /map/cameras.geojson", s.api(s.camerasGeoJSON))
	mux.HandleFunc("GET /map/cameras.csv", s.camerasCSV)

	mux.HandleFunc("/", s.nothingHere)
	return mux
}
