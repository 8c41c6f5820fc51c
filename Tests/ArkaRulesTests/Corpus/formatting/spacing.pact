rule   spaced  (priority :1,on_unknown:review ,tags : [ "a" ,"b" , ] ,)   {
    when   {
		let   limit=3*( customer . age_days??- 100 )
        transaction.amount>limit and transaction.currency   not   in["EUR","USD"]
        transaction . amount<=(5)or transaction.amount>=6 and transaction.amount!=- 7
        not(transaction.recurring)and not( - - transaction.count<- 1 )
        (transaction.amount+1)*2-3/transaction.count==1.5
        transaction.amount-1 > - 1 - - 1
        transaction.channel=="a  b\"  // c"
        transaction.note is   known or customer.risk_score   is unknown
        transaction.metadata.rule.when.in==1
        -transaction.count<limit
        transaction.amount in[ ]
        (((transaction.recurring)))==(true)
    }
    then{
        flag_for_review   (   )
        require_manual_review  (  reason  :  "x"  ,details:[1,- 2,null,true,"y"])
    }
}
