list   countries=[ "AF","YE" ]
list watched  from"watched.csv"column"iso2" // kept elsewhere
const limit=10_000.50
const names = [
"a",
  "b"
]


const negative =- 5
const either = 1 >
2
const of_rule = list.rule + 1
// Of r.
rule r { when { transaction.amount>limit and transaction.country in list.countries } then { reject(reason:"x") } }
list after = [
    1
]
rule s { when { transaction.country not in list.rule } then { reject(reason: "x") } }
const last = 24h
