

// The file begins here.


rule a {

    when {


        transaction.recurring



        customer.pep

    }


    then {

        require_manual_review(

            reason: "x",


            details: [1, 2]

        )
    }
}
rule b {
    when {
        let limit = 5

        transaction.amount > limit


            or customer.pep
    }
    then {
        flag_for_review()
    }
}
// Of rule c.
// Two lines of it.
rule c {
    when { true } then { flag_for_review() }
} // the end of c
// Of nothing in particular.



// Of rule d.
rule d {
    when { true } then { flag_for_review() }
}
rule e {
    when { true } then { flag_for_review() }
}
// The file ends here.


