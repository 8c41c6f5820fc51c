rule words {
    when {
        transaction.channel   contains"web"or transaction.channel starts_with   (lower("W"))
        transaction.channel ends_with- 1 and transaction.channel matches ["a","b"]
        transaction.name matches
        "^a.*"
        (transaction.name
        contains "x")
        contains(transaction.name)
        contains [0] == matches (5)
        transaction.matches(1) contains contains (2)
        transaction.age>24h and transaction.age<   500ms
        context.jurisdiction=="DE"
    }
    then {
        reject(contains: 5, matches : starts_with)
    }
}
