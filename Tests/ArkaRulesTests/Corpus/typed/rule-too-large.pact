rule r {
    when {
        let l0 = transaction.amount
        let l1 = l0 + l0
        let l2 = l1 + l1
        let l3 = l2 + l2
        let l4 = l3 + l3
        let l5 = l4 + l4
        let l6 = l5 + l5
        let l7 = l6 + l6
        let l8 = l7 + l7
        let l9 = l8 + l8
        let l10 = l9 + l9
        let l11 = l10 + l10
        let l12 = l11 + l11
        let l13 = l12 + l12
        let l14 = l13 + l13
        let l15 = l14 + l14
        let l16 = l15 + l15
        let l17 = l16 + l16
        let l18 = l17 + l17
        let l19 = l18 + l18
        l19 > 5
    }
    then {
        flag_for_review()
    }
}
