// At the top.
rule a( // attributes
  priority: 1, // more is more
        // still an attribute
    tags: ["x", // first
      "y"
      // after the last
    ]
  // and before the bracket
) { // of rule a
// first in the rule
when { // all of them
      // of the let
  let limit = // on a line of its own
     5 // five
transaction.amount > limit // the amount
   // of the or
   or customer.pep    		// or who
        // last in the block
    } // end of when
      // between the blocks
    then{
            flag_for_review( // no reason
  )//stuck to it
    }
         // last in the rule
}
   // At the end, with blanks behind it.   	 
rule // of rule
b // of b
( // of its attributes
)
// before the brace
{ when // of when
{ let // of let
x // of x
= // of =
5
// of not
not // of the bracket
( // of true
true // true
) and x > 3 } then { flag_for_review() } }
