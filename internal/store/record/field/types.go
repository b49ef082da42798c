package field

// The names of the types.
const (
	TypeText       = "text"
	TypeLongText   = "longtext"
	TypeYesNo      = "yesno"
	TypeNumber     = "number"
	TypePercent    = "percent"
	TypeDuration   = "duration"
	TypeMoney      = "money"
	TypeDate       = "date"
	TypePeriod     = "period"
	TypeChoice     = "choice"
	TypeChoices    = "choices"
	TypeReference  = "reference"
	TypeReferences = "references"
	TypePerson     = "person"
	TypePersons    = "persons"
	TypeRange      = "range"
	TypeTable      = "table"
	TypeFiles      = "files"
)

// The kinds that fields name by their type.
const (
	PersonKind = "person"
	FileKind   = "attachment"
)

var types map[string]Type

func init() { // a table names the types of its columns, hence not a plain variable
	types = map[string]Type{
		TypeText:       text{longest: 500},
		TypeLongText:   text{longest: 20_000, lines: true},
		TypeYesNo:      yesNo{},
		TypeNumber:     number{},
		TypePercent:    percent{},
		TypeDuration:   duration{},
		TypeMoney:      money{},
		TypeDate:       date{},
		TypePeriod:     period{},
		TypeChoice:     choice{},
		TypeChoices:    choices{},
		TypeReference:  reference{},
		TypeReferences: references{},
		TypePerson:     reference{},
		TypePersons:    references{},
		TypeRange:      spread{},
		TypeTable:      table{},
		TypeFiles:      files{},
	}
}
