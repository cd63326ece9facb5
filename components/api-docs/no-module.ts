/** What ReDoc's bundle gets for a parser it was built without, which it asks for under the name "null". */
export default null;
