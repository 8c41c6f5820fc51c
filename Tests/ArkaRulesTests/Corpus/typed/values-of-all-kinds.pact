list countries = ["AF", "YE"]

const limit = 5

rule r {
    when {
        transaction.channel in list.countries
        context.jurisdiction == "DE"
        transaction.amount > 24h
        transaction.channel matches "w.*"
        transaction.channel starts_with "w" or transaction.channel contains "x"
    }
    then {
        reject(reason: "amount \(transaction.amount) of \(f("x"))")
    }
}
