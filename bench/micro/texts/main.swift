import ArkaText

print(TextList([]).count)
