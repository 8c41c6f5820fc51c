rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "\("\("\("\("\("\("\("\("\(1)")")")")")")")")")
    }
}
