package font

type cff struct {
	cids map[int]int
	face
}

func (f *cff) byCID(cid int) int { return -1 }

func parseCFF(data []byte) (face, error) { return nil, badFile("CFF") }
