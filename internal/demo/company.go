package demo

// Company is the name of the invented company.
const Company = "Nordhafen Technik GmbH"

// channel is a way on which orders arrive.
type channel int

const (
	phone channel = iota
	shop
	market
	till
	channels
)

var channelNames = [channels]string{"Telefon", "Shop", "Marktplatz", "Kasse"}

// channelPlan says how a channel behaves. Orders a month hold for the first month at scale 1.
type channelPlan struct {
	orders     float64    // orders a month at the start
	growth     float64    // a month, continuous
	weekdays   [7]float64 // share of each day, Monday first
	opens      moment     // first and last time of day of an order
	closes     moment
	crossSell  float64 // share of orders with two or more product groups
	moreLines  float64 // probability of one more line
	custom     float64 // share of orders with a part made to measure
	newShare   float64 // share of orders by customers who have never ordered
	oldPool    float64 // customers known before the history starts, at scale 1
	numberFrom uint64  // first customer number
	anonymous  float64 // share of orders without customer
}

var channelPlans = [channels]channelPlan{
	phone: {orders: 236, growth: -0.002, weekdays: [7]float64{1.1, 1.05, 1, 1, .85, 0, 0}, opens: 7 * hour, closes: 17 * hour,
		crossSell: .46, moreLines: .45, custom: .62, newShare: .07, oldPool: 420, numberFrom: 100_001},
	shop: {orders: 110, growth: .015, weekdays: [7]float64{1.1, 1.05, 1, 1, .95, .8, 1}, opens: 6 * hour, closes: 23 * hour,
		crossSell: .30, moreLines: .30, custom: .28, newShare: .38, oldPool: 520, numberFrom: 2_000_001},
	market: {orders: 43, growth: .020, weekdays: [7]float64{1, 1, 1, 1, 1, .9, 1.1}, opens: 6 * hour, closes: 23 * hour,
		crossSell: .10, moreLines: .12, custom: 0, newShare: .66, oldPool: 180, numberFrom: 5_000_001},
	till: {orders: 400, growth: .001, weekdays: [7]float64{1, .9, .9, .95, 1.15, 1.3, 0}, opens: 8 * hour, closes: 18 * hour,
		crossSell: .34, moreLines: .30, custom: 0, newShare: .25, oldPool: 600, numberFrom: 8_000_001, anonymous: .62},
}

// seasonOrders is the share of each month of the year, January first; the mean is 1.
var seasonOrders = [12]float64{.86, .90, 1.06, 1.16, 1.15, 1.08, .97, .92, 1.00, 1.03, 1.02, .85}

// productGroup is a range of goods. Price is the median in euros, Returned the share of lines that come back.
type productGroup struct {
	name     string
	price    float64
	weight   float64
	returned float64
	articles int
}

// madeToMeasure is the group that is produced on order and passes through the workshop.
const madeToMeasure = 0

var productGroups = []productGroup{
	{"Sonderanfertigung", 640, 0, .008, 12},
	{"Pumpen und Hydraulik", 210, .17, .021, 24},
	{"Navigation und Funk", 185, .14, .064, 30},
	{"Motorzubehör", 78, .20, .024, 40},
	{"Sicherheit und Rettung", 64, .14, .019, 26},
	{"Tauwerk und Beschläge", 29, .18, .015, 44},
	{"Werkstattbedarf", 18, .11, .012, 50},
	{"Arbeitskleidung", 47, .06, .108, 22},
}

var (
	customerKinds  = []string{"Reederei", "Werft", "Bauhof", "Bootsbau", "Fischerei", "Yachtservice", "Stadtwerke", "Schiffstechnik", "Hafenbetrieb", "Tauchservice", "Segelschule", "Metallbau", "Fährdienst", "Anlagenbau"}
	customerNames  = []string{"Thomsen", "Petersen", "Claasen", "Hinrichs", "Behrens", "Lorenzen", "Carstens", "Nissen", "Andresen", "Matthiesen", "Paulsen", "Brodersen", "Feddersen", "Ketels", "Harms", "Jessen", "Martens", "Rohde", "Sievers", "Wulff"}
	customerPlaces = []string{"Kappeln", "Husum", "Uelsby", "Flensburg", "Büsum", "Eckernförde", "Heiligenhafen", "Travemünde", "Wismar", "Stralsund", "Cuxhaven", "Emden", "Kiel", "Rendsburg", "Brunsbüttel", "Glückstadt"}
)

// customerName invents the name of customer number i.
func customerName(i uint64) string {
	d := dice(mix(i))
	kind, place := customerKinds[d.n(1, len(customerKinds))], customerPlaces[d.n(3, len(customerPlaces))]
	if d.is(4, .35) {
		return kind + " " + place
	}
	return kind + " " + customerNames[d.n(2, len(customerNames))]
}

// department is a group of employees.
type department int

const (
	nobody department = iota
	salesDesk
	accounts
	workshop
	warehouse
	buying
	serviceDesk
)

var departmentNames = [...]string{"System", "Vertriebsinnendienst", "Buchhaltung", "Fertigung", "Lager", "Einkauf", "Kundendienst"}

var employees = [...][]string{
	nobody:      {"System"},
	salesDesk:   {"Birgit Hansen", "Mehmet Aydin", "Svenja Ott", "Jörg Kröger", "Anna Lindner", "Timo Brandt"},
	accounts:    {"Ursula Voss", "Daniel Kranz", "Petra Ehlers"},
	workshop:    {"Ralf Stüwe", "Kemal Demir", "Jan Boysen", "Olaf Grimm"},
	warehouse:   {"Ines Möller", "Piotr Nowak", "Karsten Reimers", "Lena Fock", "Uwe Dahl"},
	buying:      {"Heike Storm", "Marco Weiß", "Frauke Iwersen"},
	serviceDesk: {"Tanja Vogt", "Bilal Kaya", "Nils Ahrens", "Maren Schütt"},
}

// supplier is somebody who delivers. Days is the median time of delivery.
type supplier struct {
	name   string
	goods  string
	days   float64
	weight float64
}

// outageSupplier is the one that fails during the outage.
const outageSupplier = 0

var suppliers = []supplier{
	{"Hansen Hydraulik GmbH", "Pumpen und Hydraulik", 11, .18},
	{"Elektro Nord KG", "Navigation und Funk", 8, .16},
	{"Motorenwerke Lübeck AG", "Motorzubehör", 12, .16},
	{"Seil & Tau Bremen GmbH", "Tauwerk und Beschläge", 6, .14},
	{"Rettungsmittel Weser GmbH", "Sicherheit und Rettung", 9, .10},
	{"Stahlhandel Holstein KG", "Rohmaterial", 7, .16},
	{"Bürobedarf Jürgensen", "Betriebsbedarf", 3, .10},
}
