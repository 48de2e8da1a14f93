/**
 * What every command does before anything else, and so imports first: whatever it writes is for its owner alone, however
 * wide the umask of whoever typed it is.
 */
process.umask(0o077);
