package main

import (
	"encoding/csv"
	"fmt"
	"os"
)

// csvRows reads the rows of a CSV file, its head first.
func csvRows(file string) ([][]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return rows, nil
}
