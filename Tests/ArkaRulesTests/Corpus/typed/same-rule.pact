rule a(priority: 5) {
    when {
        transaction.amount > 5
        customer.pep
    }
    then {
        reject(reason: "x")
    }
}

rule b {
    when {
        customer.pep == true and 5 < transaction.amount
    }
    then {
        reject(reason: "x")
    }
}

rule c {
    when {
        5 < transaction.amount and customer.pep
    }
    then {
        reject(reason: "x")
    }
}

rule d(on_unknown: flag) {
    when {
        transaction.amount > 5 and customer.pep
    }
    then {
        reject(reason: "x")
    }
}
