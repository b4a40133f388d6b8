print("disbatch")
