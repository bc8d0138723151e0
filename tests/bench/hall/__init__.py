"""A full hall at one table: what one update costs the server for each who hears it, beside other servers of Yjs documents."""
