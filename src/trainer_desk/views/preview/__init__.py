"""What a change of many sessions would come to, as a list of lines that can be helped one by one."""
