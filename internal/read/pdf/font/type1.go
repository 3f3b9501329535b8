package font

func parseType1(data []byte) (face, error) { return nil, badFile("Type 1") }
