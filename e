/dev/fd/3: line 23: -x: command not found
