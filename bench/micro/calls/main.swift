import ArkaResilience

print(ResilienceLimits.batchItemsMax)
