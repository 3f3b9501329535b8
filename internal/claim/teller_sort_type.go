package claim

// tellerSort is what sort of speaker one is.
type tellerSort uint8

// tellerFeature is something that is known of whose words a claim may be. They are counted by number; their names are written out where
// somebody wants to see them.
type tellerFeature uint16
