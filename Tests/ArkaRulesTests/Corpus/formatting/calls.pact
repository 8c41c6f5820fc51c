rule calls {
    when {
        let result=plugin . sanctions_list . check_sanctions  (
        entity_id:transaction.id,
            entity_type : "individual",
        lists: [
        "ofac",
        "un"
        ], since: lower (transaction.name) ,
        limit: transaction.amount *
        3 + 1
        )
        result.matches [ 0 ].score>0.9 and result . contains==true
        lower ( transaction.channel )=="web"
        max(transaction.amount,-1,- transaction.fee)>5
        transaction.items [0] . price>5 or transaction.items[ 1 ]   [2].tags in["a"]
        // a statement of its own, not a call
        result.ok
        (transaction.amount > 5)
        plugin.geo.distance(a: customer.address,
        b: transaction.address) < 5
    }
    then {
        plugin.alert_system.send_alert (
        severity:"critical",
        channels:["slack"]
        )
        reject(reason:"amount \(transaction.amount) of \(f("x  "))")
    }
}
