"""What stands around every room: rail, top bar, search, status line, banners and notices."""
