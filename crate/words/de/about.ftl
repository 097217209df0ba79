language-name = Deutsch
decimal-sign = ,
