"""The words that every area shares: identifiers and their tags, time on the place's clock, rules' measures, French."""
